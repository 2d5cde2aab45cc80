// Command service is the system under test of the dependency-outage example: a
// shop that asks a stock service for every answer. One program plays both
// parts.
//
// The shop gives the stock service 300 ms, tries once more, and answers 503
// when it still has nothing: its customers never wait for a dead backend.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	role := flag.String("role", "shop", "what to be: shop or stock")
	addr := flag.String("addr", "127.0.0.1:8081", "address to listen on")
	stock := flag.String("stock", "http://127.0.0.1:8082/", "where the shop finds the stock service")
	flag.Parse()

	var handler http.Handler
	switch *role {
	case "stock":
		handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "7 left") })
	case "shop":
		handler = shop(*stock)
	default:
		log.Fatalf("unknown role %q", *role)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server := &http.Server{Addr: *addr, Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

// shop answers with what the stock service says.
func shop(stock string) http.Handler {
	client := &http.Client{Timeout: 300 * time.Millisecond, Transport: &http.Transport{DisableKeepAlives: true}}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 2 {
			if text, err := ask(client, stock); err == nil {
				w.Write(text)
				return
			}
		}
		http.Error(w, "the stock is not known right now", http.StatusServiceUnavailable)
	})
}

func ask(client *http.Client, stock string) ([]byte, error) {
	resp, err := client.Get(stock)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(io.LimitReader(resp.Body, 1<<16))
}
