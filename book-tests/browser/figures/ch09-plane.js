// Drives a batch to a vector that depends on the other text, through two repairs that do not help, and to the cure.

export const page = 'ch09-padding';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch09-plane"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const slider = figure.getByRole('slider');
  const choose = async (name) => {
    await figure.getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  const away = () => figure.locator('svg .now.away').count();

  await says(/^Text 1 has no padding/);
  assert.equal(await away(), 0);
  await slider.focus();
  for (let token = 0; token < 3; token += 1) await page.keyboard.press('ArrowRight');
  await says(/^Text 1 has 3 places of padding, and its vector is 49\.5 away .* A search finds another text\.$/);
  assert.equal(await slider.getAttribute('aria-valuetext'), '6 tokens');
  assert.equal(await figure.locator('output.goes-wrong').count(), 1);
  assert.equal(await away(), 1);
  assert.equal(await figure.locator('svg .cell.taken').count(), 6, 'padding is attended to, and counted');

  await choose(/512 wide/);
  await says(/^Text 1 has 509 places of padding/);
  assert.equal(await away(), 2, 'both texts are where padding is');
  await choose(/out of the mean only/);
  await says(/^Text 1 has 3 places of padding, and its vector is 24\.7 away/);
  assert.equal(await figure.locator('svg .cell.taken').count(), 3);
  await choose(/masked in the attention/);
  await says(/^Text 1 has 3 places of padding, and its vector is where it is alone\.$/);
  assert.equal(await figure.locator('output.holds').count(), 1);
  assert.equal(await away(), 0);
}
