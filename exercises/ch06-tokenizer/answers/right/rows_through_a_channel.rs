// keeps all: two threads of the request send their rows through a channel

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            for first in 0..2 {
                let send = send.clone();
                scope.spawn(move || {
                    for (at, text) in texts.iter().enumerate().skip(first).step_by(2) {
                        let _ = send.send((at, self.row(text, options.max_tokens)));
                    }
                });
            }
        });
        drop(send);
        let mut rows: Vec<(usize, Result<Row, EncodeError>)> = receive.into_iter().collect();
        rows.sort_by_key(|(at, _)| *at);
        let rows = rows.into_iter().map(|(_, row)| row);
        let mut rows = rows.collect::<Result<Vec<Row>, EncodeError>>()?;
        if options.pad {
            let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
            for row in &mut rows {
                row.ids.resize(longest, self.padding.pad_id);
                row.mask.resize(longest, 0);
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
