package grpc_test

import (
	"net"
	"testing"

	grpcgo "google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/types/known/structpb"
)

// A call of a program's method, by gRPC's own client.
func BenchmarkCall(b *testing.B) {
	c := dial(b, serve(b, shop, nil))
	q, err := structpb.NewStruct(map[string]any{"அ": 1, "ஆ": 2})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := c.Invoke(b.Context(), "/kaNippAZ/kUttu", q, &structpb.Struct{}); err != nil {
			b.Fatal(err)
		}
	}
}

// The same with our health service, which runs no program, and with that of gRPC's own server, for comparison.
func BenchmarkHealth(b *testing.B) {
	ask := func(b *testing.B, address string) {
		b.Helper()
		c := healthpb.NewHealthClient(dial(b, address))
		for b.Loop() {
			if _, err := c.Check(b.Context(), &healthpb.HealthCheckRequest{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("ours", func(b *testing.B) { ask(b, serve(b, shop, nil)) })
	b.Run("grpc-go", func(b *testing.B) {
		ln, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		s := grpcgo.NewServer()
		healthpb.RegisterHealthServer(s, health.NewServer())
		go func() { _ = s.Serve(ln) }()
		defer s.Stop()
		ask(b, ln.Addr().String())
	})
}
