//! What only maintainers run. The tests stand in `tests/`.
