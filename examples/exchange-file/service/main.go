// Command service is the system under test of the exchange-file example: it
// serves the content of exchange.dat, a file that it rewrites every ten
// seconds.
//
// As it is, it breaks when the file is missing: every request ends with
// 500. With -resilient it answers 503 and says why, until the file is back.
package main

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const exchangeFile = "exchange.dat"

func main() {
	addr := flag.String("addr", "127.0.0.1:8080", "address to listen on")
	resilient := flag.Bool("resilient", false, "answer 503 while the exchange file is missing")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := writeExchangeFile(); err != nil {
		log.Fatal(err)
	}
	go keepWriting(ctx)

	server := &http.Server{Addr: *addr, Handler: handler(*resilient), ReadHeaderTimeout: 5 * time.Second}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	log.Printf("listening on http://%s/", *addr)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

// writeExchangeFile writes the time into the exchange file.
func writeExchangeFile() error {
	return os.WriteFile(exchangeFile, []byte(time.Now().Format(time.RFC3339)+"\n"), 0o644)
}

// keepWriting rewrites the exchange file every ten seconds.
func keepWriting(ctx context.Context) {
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := writeExchangeFile(); err != nil {
				log.Print(err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// handler serves the exchange file.
func handler(resilient bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		content, err := os.ReadFile(exchangeFile)
		switch {
		case resilient && errors.Is(err, fs.ErrNotExist):
			http.Error(w, "the exchange file is not ready", http.StatusServiceUnavailable)
		case err != nil:
			http.Error(w, "internal error", http.StatusInternalServerError)
		default:
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.Write(content)
		}
	})
}
