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
	context.AfterFunc(ctx, stop) // a second interrupt ends it at once
	s, err := newService(log)
	if err == nil {
		err = run(ctx, s, *addr, usual)
	}
	if err != nil {
		log.Error("the service ended", "error", err)
		os.Exit(1)
	}
}

// limits are what clients may take.
type limits struct {
	connections int           // that are open at a time; further clients wait to be let in
	header      time.Duration // until the header is there
	read        time.Duration // until header and body are
	write       time.Duration // from the end of the header until the answer has been taken
	idle        time.Duration // between requests of a connection
	grace       time.Duration // for what is under way when the service stops; longer than any of it
}

var usual = limits{2048, 5 * time.Second, 10 * time.Second, 20 * time.Second, 60 * time.Second, 25 * time.Second}

// run serves until the context ends, and then answers the requests that are under way.
func run(ctx context.Context, s *service, addr string, l limits) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("%w (another port: --addr localhost:0)", err)
	}
	room := bounded{listener, make(chan struct{}, l.connections)}
	server := newServer(s, l)
	server.ConnState = room.state
	s.log.Info("serving", "url", "http://"+listener.Addr().String()+"/v1/models")
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(room) }()
	select {
	case err = <-ended:
		return err
	case <-ctx.Done():
	}
	s.log.Info("stopping")
	patience, cancel := context.WithTimeout(context.Background(), l.grace)
	defer cancel()
	return errors.Join(server.Shutdown(patience), server.Close())
}

func newServer(s *service, l limits) *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: l.header,
		ReadTimeout:       l.read,
		WriteTimeout:      l.write,
		IdleTimeout:       l.idle,
		MaxHeaderBytes:    4 << 10, // and net/http's 4 KB; short fields take twenty times their bytes
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}

// A bounded listener lets in as many connections as open has room for. The server's ConnState gives the room back.
type bounded struct {
	net.Listener
	open chan struct{}
}

func (b bounded) Accept() (net.Conn, error) {
	b.open <- struct{}{}
	c, err := b.Listener.Accept()
	if err != nil {
		<-b.open
	}
	return c, err
}

func (b bounded) state(_ net.Conn, state http.ConnState) {
	if state == http.StateClosed {
		<-b.open
	}
}
