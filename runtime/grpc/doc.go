// Package grpc serves the gRPC routes of a program, on the port of its other routes, and calls the methods of other servers.
// Message types are made of the program's shapes when it is loaded: fields are numbered in order, numbers travel as text with
// all their digits, names are romanised for protobuf and stay as they are in JSON. What has no shape is a
// google.protobuf.Struct. The protocols (gRPC, gRPC-Web, JSON by POST) are connect's; messages are read straight from their
// bytes into values and back.
//
//	routes, err := grpc.Routes([]grpc.Method{{Name: "கணிப்பான்/கூட்டு", Run: run}}, grpc.Options{Shapes: program.Shape})
//	h, err := httpd.NewHandler(plain(routes), httpd.Options{}) // POST /kaNippAZ/kUttu, and reflection and health
package grpc
