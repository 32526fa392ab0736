// breaks 9: the drop drops the weights in place, and the boxes that held them stay for ever

// ANCHOR: drop
impl Drop for ModelSlot {
    fn drop(&mut self) {
        let mut next = *self.current.get_mut();
        while !next.is_null() {
            // SAFETY: no request is left.
            unsafe {
                (&raw mut (*next).weights).drop_in_place();
                next = (*next).before;
            }
        }
    }
}
// ANCHOR_END: drop
