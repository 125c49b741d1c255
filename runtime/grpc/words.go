package grpc

import (
	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// Words are the words of gRPC by words.Word.ID.
func Words(host.Env) vm.Natives { return vm.Natives{} }
