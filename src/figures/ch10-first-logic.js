/** How many of the requests are in no batch. */
export function leftOut(requests, size, roundsUp) {
  const batches = roundsUp ? Math.ceil(requests / size) : Math.floor(requests / size);
  return Math.max(0, requests - batches * size);
}
