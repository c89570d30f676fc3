/** As far as things are counted that may be very many: one who has ten thousand does not wait for the rest. */
export const mostCounted = 10_000
