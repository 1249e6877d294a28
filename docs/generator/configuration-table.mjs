const START = '<!-- made from libs/platform/src/config by npm run docs -->';
const END = '<!-- end -->';

/**
 * A page with the table of variables between its two marks brought up to date.
 * @throws Error the page lacks the marks
 */
export function withConfigurationTable(page, variables) {
  const start = page.indexOf(START);
  const end = page.indexOf(END, start);
  if (start < 0 || end < 0) throw new Error(`The page has no "${START}" … "${END}".`);
  const rows = Object.entries(variables).map(
    ([name, { default: value, about }]) =>
      `| \`${name}\` | ${value && `\`${value}\``} | ${about} |\n`,
  );
  const table = `| variable | default | what it is |\n|---|---|---|\n${rows.join('')}`;
  return `${page.slice(0, start)}${START}\n\n${table}\n${page.slice(end)}`;
}
