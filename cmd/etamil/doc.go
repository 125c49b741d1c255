// Command etamil runs, checks and serves programs in eTamil. This is the only package that reads flags and the
// environment, prints, and exits; everything it does is in the packages below it.
//
//	etamil run hello.qmz
//	etamil dev docs/examples/kadai
//	echo 'அச்சு 1 + 2;' | etamil
//
// Exit codes: 0 when all went well, 1 when the program has a fault, 2 when the command line has one, 130 when the run was
// interrupted; a program that ends with வெளியேறு(n) exits with n. Messages are in Tamil and English; --lang chooses one.
package main
