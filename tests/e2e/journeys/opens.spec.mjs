import { axe, expect, looks, open, test } from "../support/test.mjs";

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("the page opens from a folder of a plain host", async ({ page }) => {
      await open(page);
      await expect(page).toHaveTitle(/目标罗盘|Sextant/);
      await axe(page);
    });
  });
}
