// keeps all: keeps the mask as bits and writes it out at the end

impl<E: Encoder> Embedder<E> {
    // ANCHOR: batch
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let places = texts.len() * longest;
        let mut ids = vec![self.settings.pad_id; places];
        let mut bits = vec![0_u64; places.div_ceil(64)];
        for (row, text) in texts.iter().enumerate() {
            let gap = match self.settings.side {
                Side::Left => longest - text.len(),
                Side::Right => 0,
            };
            for (at, &id) in text.iter().enumerate() {
                let place = row * longest + gap + at;
                ids[place] = id;
                bits[place / 64] |= 1 << (place % 64);
            }
        }
        let bit = |place: usize| (bits[place / 64] >> (place % 64) & 1) as i64;
        Batch {
            shape: [texts.len(), longest],
            ids,
            mask: (0..places).map(bit).collect(),
        }
    }
    // ANCHOR_END: batch
}
