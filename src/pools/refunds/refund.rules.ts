export const refundStates = ['proposed', 'approved', 'paid', 'rejected'] as const;
export type RefundState = (typeof refundStates)[number];
