"""What the Python binding does when threads set limits on one tokenizer: errors, or rows of another length than was asked for.
And how long a row is when its limit does not hold the two tokens around a text, for the binding is a release build; and how
much of what a limit cuts off is kept beside the row.

In a virtual environment, from the repository's root:

    pip install tokenizers==0.22.2
    python solutions/ch06-tokenizer/benches/binding.py

The page shows `binding.txt`. Of a release that stands there this also says whether it still does the same, and fails if not.
"""

import re
import sys
import threading
from pathlib import Path

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


def encoded(limit, text="a boring story, and a dreadful end"):
    tokenizer.enable_truncation(limit)
    return tokenizer.encode(text)


lengths = ", ".join(str(len(encoded(limit).ids)) for limit in range(4))
# A word that the vocabulary does not have: five tokens.
of_one_word = " ".join(encoded(1, "xyzzy film").tokens)
# Each piece has the two tokens around a text, too.
kept_beside = sum(len(piece.ids) - 2 for piece in encoded(6).overflowing)

HEAD = f"tokenizers {tokenizers.__version__}, {THREADS} threads, {THREADS * CALLS} calls\n"
seen = (
    f"  `Already borrowed`    {sum(errors)}\n"
    f"  rows of wrong length  {sum(wrong)}\n"
    f"  limits of 0, 1, 2, 3  rows of {lengths} tokens\n"
    f"  limit 1, `xyzzy film` {of_one_word}\n"
    f"  of 4 tokens cut off   {kept_beside} in `overflowing`\n"
)
print(HEAD + seen, end="")


def kept():
    """What `binding.txt` shows of this release; None if it shows nothing."""
    text = Path(__file__).with_suffix(".txt").read_text()
    return text.split(HEAD)[1].split("$")[0] if HEAD in text else None


def without_luck(text):
    """How often something happens depends on the machine. A release that fails may also, rarely, give a wrong row."""
    text = re.sub(r"[1-9][0-9]*\n", "some\n", text)
    return text.replace("length  some", "length  0") if "borrowed`    some" in text else text


if kept() and without_luck(kept()) != without_luck(seen):
    sys.exit(f"binding.txt shows of this release:\n{kept()}")
