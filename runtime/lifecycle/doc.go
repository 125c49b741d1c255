// Package lifecycle is how a program that serves begins and ends: the words with which it asks to serve and to stop, the
// signals that it handles, the order in which it ends, what systemd is told, and how a new process takes the listener over
// (services.md sections 12 and 15).
//
//	life := lifecycle.New()
//	maps.Copy(natives, lifecycle.Words(life)) // then the prelude runs, with செயலி_தொடங்கு() perhaps
//	if life.Started() {
//		… // serve until life.Stopping() is closed, which வழங்கி_நிறுத்து does
//	}
package lifecycle
