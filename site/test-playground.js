/** The playground in Chromium: each example reports and prints what it says, and the page can be used. */
import { EXAMPLES } from './playground/examples/index.js';

/** @returns what is wrong, in sentences. */
export async function problemsOfPlayground(page, origin) {
  const problems = [];
  const expect = (what, found, expected) => {
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    problems.push(
      `playground, ${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`,
    );
  };
  await page.goto(`${origin}/playground`);
  for (const { name, reports, prints } of EXAMPLES) {
    await page.getByTestId('example').selectOption(name);
    expect(`reports of ${name}`, await rulesOf(page), reports);
    expect(`prints of ${name}`, await run(page), prints);
  }

  await page.getByTestId('example').selectOption('for-each');
  await linted(page);
  await page.getByTestId('suggestion').first().click();
  expect('after a suggestion', await rulesOf(page), []);
  expect('a program that is mended', await run(page), ['read /ropes', 'read /sails', '2 pages']);

  await page.getByTestId('share').click();
  await page.waitForFunction(() => location.hash.startsWith('#recommended/'));
  const link = page.url();
  await page.goto('about:blank');
  await page.goto(link);
  expect('after a link', await run(page), ['read /ropes', 'read /sails', '2 pages']);

  await write(page, "import { readFile } from 'node:fs';\nconst one: string = readFile;\n");
  const first = page.getByTestId('finding').first();
  await first.waitFor();
  expect(
    'a program that does not compile',
    await first.locator(':scope > code').textContent(),
    'TypeScript',
  );
  await page.getByTestId('run').click();
  await page.getByTestId('said').filter({ hasText: "no 'node:fs'" }).waitFor();

  await write(page, "console.log('begun');\nsetInterval(() => {}, 10);\n");
  await page.getByTestId('run').click();
  await page.getByTestId('printed').filter({ hasText: 'begun' }).waitFor();
  await page.getByTestId('stop').click();
  await page.getByTestId('over').filter({ hasText: 'stopped' }).waitFor();
  return problems;
}

export async function openExample(page, origin, name) {
  await page.goto(`${origin}/playground`);
  await page.getByTestId('example').selectOption(name);
  await linted(page);
  await run(page);
}

async function linted(page) {
  await page.locator('.findings[data-state=looked]').waitFor();
}

async function rulesOf(page) {
  await linted(page);
  const rules = await page.getByTestId('rule').allTextContents();
  const others = await page.locator('.findings li > code').allTextContents();
  return [...new Set([...others, ...rules])];
}

async function run(page) {
  await linted(page);
  await page.getByTestId('run').click();
  await page.locator('.run-of-program[data-state=over]').waitFor();
  return await page.getByTestId('printed').allTextContents();
}

async function write(page, text) {
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}
