// Plans of many people, as documents that the page opens from a file.

/** A plan of so many people in teams of ten and regions of ten teams; with weeks where they are asked for. */
export function plan(people, weeks) {
  const nodes = {};
  let next = 1;
  const add = (name, more = {}) => {
    nodes[next] = { name, ...more };
    return next++;
  };
  const teams = Array.from({ length: Math.ceil(people / 10) }, (_, team) => {
    const size = Math.min(10, people - team * 10);
    const children = Array.from({ length: size }, (_, at) => add(`店员${team * 10 + at}`, { weight: String(1 + ((team * 7 + at * 3) % 13)), last_year: 1_000_000 + 7_000 * at }));
    return add(`团队${team}`, { children });
  });
  const regions = [];
  for (let at = 0; at < teams.length; at += 10) regions.push(add(`大区${at / 10}`, { children: teams.slice(at, at + 10) }));
  nodes[0] = { name: "全公司", children: regions, method: "weight" };
  const quarters = [1, 2, 3, 4];
  const time = { 0: { name: "", children: quarters, method: "even" } };
  for (const quarter of quarters) time[quarter] = { name: "", children: [0, 1, 2].map((at) => 2 + 3 * quarter + at) };
  for (let month = 5; month <= 16; month += 1) time[month] = { name: "" };
  let period = 17;
  if (weeks) {
    for (let month = 5; month <= 16; month += 1) {
      const count = (month - 5) % 3 === 2 ? 5 : 4;
      time[month].children = Array.from({ length: count }, () => (time[period] = { name: "" }) && period++);
    }
  }
  const lone = (name) => ({ root: 0, next: 1, nodes: { 0: { name } } });
  return {
    schema: 3,
    title: `${people} × ${weeks ? 52 : 12}`,
    unit: { money: "CNY" },
    goal: { target: people * 12_345_600, basis: { strategy: "s", market: "m", capability: "c" } },
    calendar: { year: 2027, start_month: 1, ...(weeks ? { weeks: "four_four_five" } : {}) },
    trees: {
      organisation: { root: 0, next, nodes },
      product: lone("p"),
      customer: lone("c"),
      channel: lone("h"),
      time: { root: 0, next: period, nodes: time },
    },
  };
}

/** The same with what a target is held against: a line for each person, a funnel of six stages and twelve sources, limits. */
export function reached(people) {
  const document = plan(people, false);
  const list = (items) => ({ next: items.length, order: items.map((_, at) => at), items: Object.fromEntries(items.entries()) });
  const { nodes } = document.trees.organisation;
  const persons = Object.keys(nodes).filter((id) => nodes[id].name.startsWith("店员"));
  const crew = (id, at) => ({ node: Number(id), level: at % 3, heads: 1, ...(at % 4 ? {} : { start: `2027-${String(1 + (at % 9)).padStart(2, "0")}-11` }) });
  const ramp = [{}, { ramp: { linear: 3 } }, { ramp: { thirds: 3 } }];
  const stage = (name, at) => ({ name, conversion: String(40 + 5 * at), days: "15", ...(at === 4 ? { is_order: true } : {}) });
  return {
    ...document,
    schema: 6,
    goal: { ...document.goal, last_year: people * 10_000_000, limits: list([{ kind: "supply", name: "供应链", monthly: people * 1_100_000 }]) },
    capacity: { levels: list(ramp.map((it, at) => ({ name: `级别${at}`, orders: String(5 - at), ...it }))), crews: list(persons.map(crew)) },
    funnel: {
      order_value: 300_000,
      stages: list(["线索", "需求", "方案", "谈判", "成交", "售后"].map(stage)),
      sources: list(Array.from({ length: 12 }, (_, at) => ({ name: `来源${at}`, leads: String(people * 2 + at * 100), cost: 1_000, pause_below: "5" }))),
    },
  };
}
