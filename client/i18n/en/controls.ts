/** Choices, keys and signing in, in English. */

export const controls = {
  chooseTheme: 'Theme',
  chooseHorizon: 'Forecast',
  chooseHeat: 'Heat',
  heatAsHorizon: 'as forecast',
  fit: 'Fit map',
  keys: 'Keys: T theme · H forecast · W heat · 0 fit',
  signIn: 'Sign in',
  signOut: 'Sign out',
  user: 'User',
  password: 'Password',
  signingIn: 'Signing in…',
  wrongCredentials: 'User or password is wrong.',
  tooManyAttempts: 'Too many attempts. Wait a minute, then try again.',
};
