// Package observe is what a program tells about itself: its log (services.md section 5), on log/slog. A Log writes one line per
// record, as JSON or as text; what a program gives it as fields can neither break a line nor take the place of the time, the level, the
// event or the trace.
//
//	log := observe.NewLog(os.Stderr, observe.Options{JSON: true, Trace: httpd.TraceID})
//	err := machine.Run(observe.With(ctx, log))
package observe
