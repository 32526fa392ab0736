// Drives two requests on one buffer: to an answer from the other one's ids, with and without locks, and to the cure.

export const page = 'ch04-state';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch04-buffer"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const press = async (name) => {
    await figure.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  const choose = async (name) => {
    await figure.getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  const stale = () => figure.locator('svg .stale').count();

  await says(/^No request has called yet\.$/);
  await press('Step request 1');
  await press('Step request 2');
  await says(/^Request 2 waits: request 1 has the classifier to itself/);
  assert.equal(await figure.locator('svg .id.of-2.at-home').count(), 2, 'its ids wait too');
  await press('Step request 1');
  await press('Step request 1');
  for (let step = 0; step < 3; step += 1) await press('Step request 2');
  await says(/Request 2 was answered from 2 ids of its own and 3 of request 1\. With &mut self one request ends before the other begins: of 2 orders, 1 goes wrong\./);
  assert.equal(await figure.locator('output.goes-wrong').count(), 1);
  assert.equal(await stale(), 3, 'the ids that request 1 left behind stand out');

  await press('Start again');
  for (const number of [2, 2, 2, 1, 1, 1]) await press(`Step request ${number}`);
  await says(/Request 2 was answered from 2 ids of its own\. With &mut self/);

  await choose(/a lock for each field/);
  await press(/The shortest order/);
  await says(/^Step 4, request 1: gets logits\. Request 1 was answered from 3 ids of its own and 2 of request 2\./);
  assert.equal(await stale(), 2);

  await choose(/a buffer for each request/);
  await press(/The shortest order/);
  await says(/^There is no such order\. Of the 20 orders of these steps, none goes wrong\./);
  for (const number of [1, 2, 2, 1, 2, 1]) await press(`Step request ${number}`);
  await says(/Request 1 was answered from 5 ids of its own\. Request 2 was answered from 2 ids of its own\. Of the 20/);
  assert.equal(await figure.locator('output.holds').count(), 1);
}
