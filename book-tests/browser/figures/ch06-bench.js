// Drives two requests on one tokenizer: to the other one's limit and padding, to tokens cut in silence, and to the cure.

export const page = 'ch06-tokenizer';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch06-bench"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const press = async (name) => {
    await figure.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  const choose = async (name) => {
    await figure.getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  const first = figure.getByRole('group', { name: 'Request 1' });
  const tokens = () => figure.locator('.got .tokens').allInnerTexts();

  await says(/^No request has set anything\.$/);
  await press('Request 1 sets');
  await press('Request 2 sets');
  await press('Request 1 encodes');
  await says(/^Request 1 asked for a limit of 9 tokens and got a limit of 5 tokens, as request 2 set it\. 4 tokens of its text were cut, and no answer says so\./);
  await says(/asked for no padding and got padding to 8 tokens, as request 2 set it\.$/);
  const got = figure.locator('.got').first();
  assert.equal(await got.locator('.pad').count(), 3);
  assert.equal(await got.locator('.cut').count(), 4, 'what was cut stands where it stood');
  assert.equal(await got.locator('.scissors').innerText(), '✂ the limit of request 2');
  await press('Request 2 encodes');
  await says(/2 go wrong\.$/);
  assert.equal(await figure.locator('output.goes-wrong').count(), 1);

  const second = figure.getByRole('group', { name: 'Request 2' });
  await second.getByLabel('length', { exact: true }).fill('0');
  await says(/^A length is a number from 1 to 512/);
  await second.getByLabel('length', { exact: true }).fill('8');

  // The scissors move by keyboard too, and no page is turned.
  await first.getByLabel('max_length').focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await first.locator('.cut').count(), 1);
  assert.match(page.url(), /ch06-tokenizer/);
  await press('Request 1 sets');
  await press('Request 1 encodes');
  await says(/got the limit that it asked for: 1 token of its text was cut, and no answer says so\.$/);

  await choose('settings travel with the request');
  await says(/^No request writes to the tokenizer\.$/);
  await press('Request 2 sets');
  await says(/^Request 2 has its settings with it and sets nothing\.$/);
  await press('Both set, then both encode');
  await says(/Request 1 got what it asked for\. 1 token of its text was left out, and its answer says so\..*none goes wrong\.$/);
  assert.equal(await figure.locator('output.holds').count(), 1);

  await first.getByLabel('texts').fill('Café?\ngood');
  await first.getByLabel('padding').selectOption('to the longest of its batch');
  const padded = await first.locator('.pad').count();
  await first.getByLabel('texts').fill('Café? and more\ngood');
  assert.ok(await first.locator('.pad').count() > padded, 'the padding grows with the neighbour');
  await first.getByLabel('texts').fill('Café?\ngood');
  await press('Request 1 encodes');
  assert.equal((await tokens()).length, 2);
  assert.match((await tokens())[0].replace(/\s+/g, ' '), /^\[CLS\] 2 .*\[SEP\] 3/);
}
