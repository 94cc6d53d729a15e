// Service scores assessments over HTTP. It is small, so that you can copy it and go on from there.
//
//	go run ./examples/service
//	curl localhost:8080/v1/models
//	curl -H 'Content-Type: application/json' -d @answers.json localhost:8080/v1/models/digital-modenhet-kommune/score
//
// Nothing is stored, and answers are not logged. What openapi.json says is all that it does.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	addr := flag.String("addr", "localhost:8080", "address to serve on; port 0 takes any")
	flag.Parse()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *addr, log); err != nil {
		log.Error("the service ended", "error", err)
		os.Exit(1)
	}
}

// run serves until the context ends, and then answers the requests that are under way.
func run(ctx context.Context, addr string, log *slog.Logger) error {
	s, err := newService(log)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w (another port: --addr localhost:0)", err)
	}
	server := newServer(s)
	log.Info("serving", "url", "http://"+listener.Addr().String()+"/v1/models")
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err = <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping")
	patience, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	return errors.Join(server.Shutdown(patience), server.Close())
}

// How long a client may take, and Shutdown longer than any of it.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second // header and body
	writeTimeout  = 20 * time.Second // from the end of the header
	idleTimeout   = 60 * time.Second
	grace         = 25 * time.Second
)

func newServer(s *service) *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}
