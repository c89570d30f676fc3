/** Public halves of key pairs made for the sandbox (DER SPKI in base64, RSA-2048); the private halves were thrown away. */
export const dkimKeys: readonly string[] = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzaDS70LVm79sNSXtMUcsrobTt/QFgjQH6yQi57mi1tK9E/b/scAxwX' +
    'GKQZmSGruqS/T5S/0D8i4tclIJxytYyucoA6yhzsWqOrS9ait4GvgN4fX5utSX6AKGBQuD9dJyqG50RObGIDlnkSo2z8X8H/Pd' +
    '7YHb2RUKRbrLddgXLzz/0W2TtI8PzNOYToYDhE/FNIB9aOmwvPzqqHfk1Rw/QRHrLh3kslL/GR4rfWiqgvrkk82cHXG8+CKXLj' +
    'yrSXTADQgLX06XWmpKedFvEDCZlKHvi6oNskjCMiR3FUzUhFMRANnCo2oKsYhaMk9s0pXe2S2tQV2W0lKDh8nBaNAJfwIDAQAB',
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAs3oerVeFhYZKhrJeFnbD7nOQQBAWbNPtdR1H3NqKJf8WmHivKMlVqJ' +
    'pG5oKpvAp8Z1x1zLJAcaOr3FBrbNbFUK9EEHqYC+CwT6/OmgSeP7R3uwsGdHA1MPBhF1/SV80gHSRJ823KamAvZSl97kvKsG+4' +
    '49oI0UucfA6ezWdZNts3JHH7XRF62RGD0VkaPLmFixjNKMrZFMipRpZ83iGkwmn8DYHfAhHDXq74/dmDj2X0RCqNUVBjzYk60f' +
    'BUtIOtdJ27PDHeVAC7wgSN3swG690sQGqjBBDcIj66NS7OTnE7DxFg8fAA3P2q2egG2N04qWPtYyaxee9n5Vt7dbdUqQIDAQAB',
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArnNXMCikGZ+b7hzl+Qb2GzRtindiXVetEy+99RqCfrGjn81OyuEc91' +
    '2O4KL8Tur7438px+nR7lgVqjcgAzNwe6RucB7g6JXC4vA1h8OnzoDFt7/82lFHv3bcpOXR9yr30ZgPwwjspvZl4v0tYB4NzLtZ' +
    'a5rRT0LB6psQsYDF2Wsw+8+Zo/zawM5A3OZ2LBVN5AJS3Gah3dvdxAlH3hQZdIgv7ED3zd7YhXllqbC4lDaQz+MQR/UJl8A14/' +
    'bs/Cu8e9yt2XZ7A886cR32tdNkveLg+RaVul+OTYnmyZ8i7GxZu+UrGKXA/Nyb2vP4tPgYZHL7sR2FnamXBSZSd2UE0QIDAQAB',
]

/** The same at 1024 bits, as old Mailu installations still have it. */
export const shortDkimKey =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC9lMm88ZodkT/taSjat/ky8EItLCV8sdsJaSinn8s/gwaYu2sYq8gWWI5cxM' +
  'wNFnSTENojeePfHCziGwTf8FCuKhtXzNWtt4Hm56/opRw4UPHY1v1q9oeoEeC8dcmc88M7vS7vACjsjAAB0OtpzuqveNAcddrc' +
  '8BXxXZUJPj6KHQIDAQAB'
