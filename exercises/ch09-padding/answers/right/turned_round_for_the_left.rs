// keeps all: fills every row behind, and turns left ones round twice

impl<E: Encoder> Embedder<E> {
    // ANCHOR: batch
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let left = self.settings.side == Side::Left;
        let (mut ids, mut mask) = (Vec::new(), Vec::new());
        for text in texts {
            let mut row: Vec<(i64, i64)> = text.iter().map(|&id| (id, 1)).collect();
            if left {
                row.reverse();
            }
            row.extend(std::iter::repeat_n(
                (self.settings.pad_id, 0),
                longest - text.len(),
            ));
            if left {
                row.reverse();
            }
            for (id, bit) in row {
                ids.push(id);
                mask.push(bit);
            }
        }
        Batch {
            shape: [texts.len(), longest],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}
