"""What the Python binding does when threads set limits on one tokenizer: errors, or rows of another length than was asked for.
And how long a row is when its limit does not hold the two tokens around a text: the binding is a release build.

In a virtual environment, from the repository's root:

    pip install tokenizers==0.22.2
    python solutions/ch06-tokenizer/benches/binding.py
"""

import threading

import tokenizers

THREADS, CALLS = 16, 250
TEXT = "a boring story, and a dreadful end; the actors were good, but the film was not. " * 20

tokenizer = tokenizers.Tokenizer.from_file("models/tokenizer.json")
start = threading.Barrier(THREADS)
errors, wrong = [0] * THREADS, [0] * THREADS


def encode(thread):
    limit = 6 + thread
    start.wait()
    for _ in range(CALLS):
        try:
            tokenizer.enable_truncation(limit)
            [row] = tokenizer.encode_batch([TEXT])
            wrong[thread] += len(row.ids) != limit
        except RuntimeError as error:
            assert str(error) == "Already borrowed", error
            errors[thread] += 1


threads = [threading.Thread(target=encode, args=(thread,)) for thread in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()


def length(limit):
    tokenizer.enable_truncation(limit)
    return len(tokenizer.encode("a boring story, and a dreadful end").ids)


print(f"tokenizers {tokenizers.__version__}, {THREADS} threads, {THREADS * CALLS} calls")
print(f"  `Already borrowed`    {sum(errors)}")
print(f"  rows of wrong length  {sum(wrong)}")
print(f"  limits of 0, 1, 2, 3  rows of {', '.join(str(length(limit)) for limit in range(4))} tokens")
