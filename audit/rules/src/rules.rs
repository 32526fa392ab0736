//! Every rule, by its pitfall. A line here and its file with a fixture of the same name are all that a rule needs.

use crate::rule::Rule;

macro_rules! rules {
    ($($pitfall:ident of $chapter:literal { $($name:ident,)* })*) => {
        $(mod $pitfall { $(pub mod $name;)* })*

        /// The chapter of each pitfall.
        pub(crate) static CHAPTERS: &[(&str, &str)] = &[$((stringify!($pitfall), $chapter),)*];

        /// Every rule, by its pitfall.
        pub static RULES: &[&Rule] = &[$($(&$pitfall::$name::RULE,)*)*];
    };
}

rules! {
    precision of "ch01-precision" {
        difference_of_casts,
        id_as_f32,
        id_narrowed,
        sum_in_f32,
        widened_after_the_cast,
        round_trip_saturates,
        zero_for_infinity,
        random_draw_of_too_many_bits,
        positions_in_half_precision,
    }
    ordering of "ch02-ordering" {
        relaxed_publish,
        relaxed_gate,
        flag_before_data,
        overwritten_in_place,
        model_and_cache_swapped_apart,
    }
    batching of "ch03-batching" {
        reply_unwrapped,
        partial_batch_waits,
        timeout_restarts_with_each_item,
        model_awaited_by_the_collector,
        waits_for_room,
        unbounded_queue_to_a_model,
        blocking_call_in_async,
        panic_abort_with_a_batcher,
    }
    state of "ch04-state" {
        lock_around_a_model,
        guard_held_over_run,
        refcell_around_a_model,
        shared_by_unsafe,
        state_kept_in_the_model,
        context_of_a_thread,
        contexts_without_an_end,
        load_then_store,
        lost_at_an_error,
    }
    input_names of "ch05-input-names" {
        inputs_by_place,
        arguments_that_can_be_swapped,
        swapped_at_the_call,
        case_ignored,
        count_for_a_shape,
    }
    tokenizer of "ch06-tokenizer" {
        settings_changed_per_request,
        counted_after_truncation,
        cloned_per_request,
    }
    versions of "ch07-versions" {
        prerelease_without_equals,
        compared_as_text,
    }
    recipe of "ch08-recipe" {
        special_tokens_twice,
        literal_bos,
        bos_left_empty,
        fingerprint_without_a_part,
        vectors_keyed_by_text_alone,
    }
    padding of "ch09-padding" {
        mask_made_up,
        mean_without_mask,
        mask_from_ids,
        cut_after_padding,
        fixed_length,
    }
    nan of "ch10-nan" {
        partial_cmp_unwrap,
        partial_cmp_or_equal,
        norm_compared_with_zero,
        divided_by_norms,
        zero_for_no_score,
        extreme_as_score,
        softmax_without_max,
        token_zero,
    }
    layout of "ch11-layout" {
        raw_after_permute,
        nearest_filter,
        width_before_height,
        samples_skipped,
        thumbnail,
    }
}
