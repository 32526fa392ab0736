// breaks 9: nobody frees what `Box::into_raw` gave

// ANCHOR: drop
// ANCHOR_END: drop
