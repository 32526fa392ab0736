// breaks 9: the drop frees all versions but the one that is current

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let last = *self.current.get_mut();
        if last.is_null() {
            return;
        }
        // SAFETY: a version of this slot.
        let mut next = unsafe { (*last).before };
        while !next.is_null() {
            // SAFETY: it came from `Box::into_raw`, and no request is left.
            next = unsafe { Box::from_raw(next) }.before;
        }
    }
}
// ANCHOR_END: drop
