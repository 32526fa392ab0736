// Drives the figure to a request that is left out, and to none.

export const page = 'ch10-nan';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch10-first"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  await says(/^Requests in no batch: 1$/);
  await figure.getByLabel('Round up').check();
  await says(/^Requests in no batch: 0$/);
}
