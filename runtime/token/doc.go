// Package token signs and verifies the tokens of சீட்டு_ words and of guarded routes: JSON Web Tokens (RFC 7519), HS256 only.
//
//	text, err := token.Sign(claims, secret, time.Now(), time.Hour)
//	claims, err := token.Verify(text, token.Want{Key: secret}, time.Now())
//
// The algorithm is ours, never the token's (RFC 8725, 3.1): a token that names another one is not valid, and neither is one
// without a time at which it expires.
package token
