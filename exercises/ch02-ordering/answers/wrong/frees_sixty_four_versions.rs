// breaks 9: the drop frees the last 64 versions, and older ones stay for ever

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let mut next = *self.current.get_mut();
        for _ in 0..64 {
            if next.is_null() {
                return;
            }
            // SAFETY: it came from `Box::into_raw`, and no request is left.
            next = unsafe { Box::from_raw(next) }.before;
        }
    }
}
// ANCHOR_END: drop
