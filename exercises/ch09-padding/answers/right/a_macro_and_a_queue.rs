// keeps all: rows are queues that are filled at one end

impl<E: Encoder> Embedder<E> {
    // ANCHOR: batch
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        macro_rules! padded {
            ($items:expr, $filler:expr) => {{
                let mut row: std::collections::VecDeque<i64> = $items.collect();
                while row.len() < longest {
                    match self.settings.side {
                        Side::Left => row.push_front($filler),
                        Side::Right => row.push_back($filler),
                    }
                }
                row
            }};
        }
        Batch {
            shape: [texts.len(), longest],
            ids: texts
                .iter()
                .flat_map(|text| padded!(text.iter().copied(), self.settings.pad_id))
                .collect(),
            mask: texts
                .iter()
                .flat_map(|text| padded!(text.iter().map(|_| 1), 0))
                .collect(),
        }
    }
    // ANCHOR_END: batch
}
