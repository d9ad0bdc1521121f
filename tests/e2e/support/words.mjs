// The page's own words, so that a journey finds a button by the name that the user reads, in either language:
//     const w = words("en-US");  w("shell.undo")  w("shell.locked", { count: 1 })
import { readFileSync } from "node:fs";

const folder = new URL("../../../locales/", import.meta.url);
const files = new Map();

function subject(language, name) {
  const path = `${language}/${name}.json`;
  if (!files.has(path)) files.set(path, JSON.parse(readFileSync(new URL(path, folder), "utf8")));
  return files.get(path);
}

export function words(locale = "zh-CN") {
  const language = locale.startsWith("zh") ? "zh" : "en";
  return (key, values = {}) => {
    const [name, sentence] = key.split(".");
    const text = subject(language, name)[sentence];
    if (text === undefined) throw new Error(`there are no words for ${key} in locales/${language}`);
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, value) => {
      if (values[value] === undefined) throw new Error(`${key} also needs ${value}`);
      return values[value];
    });
  };
}
