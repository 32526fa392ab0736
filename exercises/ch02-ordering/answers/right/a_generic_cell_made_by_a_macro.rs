// keeps all: a generic `Published<T>` in a module, with its methods from a macro, and the counter inside it

// ANCHOR: uses
use published::Published;
// ANCHOR_END: uses

// ANCHOR: slot
/// Where the loader thread puts a model's weights and request threads find them.
#[derive(Debug, Default)]
pub struct ModelSlot(Published<Weights>);

mod published {
    use crate::sync::{Arc, Mutex};

    #[derive(Debug)]
    pub(super) struct Published<T> {
        inner: Mutex<(Option<Arc<T>>, u64)>,
    }

    impl<T> Default for Published<T> {
        fn default() -> Self {
            Published {
                inner: Mutex::new((None, 0)),
            }
        }
    }

    macro_rules! locked {
        ($($(#[$doc:meta])* $name:ident($state:ident $(, $argument:ident: $type:ty)?) -> $result:ty = $body:expr;)*) => {
            impl<T> Published<T> {
                $($(#[$doc])* pub(super) fn $name(&self $(, $argument: $type)?) -> $result {
                    let mut guard = self.inner.lock().expect("nobody panics here");
                    let $state = &mut *guard;
                    $body
                })*
            }
        };
    }

    locked! {
        set(state, value: T) -> Option<Arc<T>> = state.0.replace(Arc::new(value));
        take_one(state) -> Option<Arc<T>> = state.0.clone().inspect(|_| state.1 += 1);
        taken(state) -> u64 = state.1;
    }
}
// ANCHOR_END: slot

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        drop(self.0.set(weights));
    }
    // ANCHOR_END: publish

    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.0.take_one().map(|weights| read(&weights))
    }
    // ANCHOR_END: with_weights

    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.0.taken()
    }
    // ANCHOR_END: served
}

// ANCHOR: drop
// ANCHOR_END: drop
