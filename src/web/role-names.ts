/** What the roles of a coalition are called on pages. */
export const roleNames: Readonly<Record<string, string>> = {
  funder: 'Funder',
  backbone: 'Backbone',
  partner: 'Partner',
  finance: 'Finance',
  approver: 'Approver',
  verifier: 'Verifier',
  observer: 'Observer',
};
