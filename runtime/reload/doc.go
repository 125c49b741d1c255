// Package reload replaces a served program by its next version while it is served: it watches files, lets one version
// answer after the other, and tells browsers to load their pages again. It does not know what a program is.
//
//	w := reload.NewWatcher(reload.Options{})
//	defer w.Close()
//	front := reload.NewFront(first, time.Second*10)
//	for w.Watch(files); w.Next(ctx); w.Watch(files) {
//		front.Swap(next) // requests that run end in the version that they began in
//	}
package reload
