/** As far as things are counted that may be very many: one who has five thousand does not wait for the rest. */
export const mostCounted = 5_000
