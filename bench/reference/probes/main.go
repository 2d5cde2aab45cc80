// Command probes asks for a URL many times with nothing but net/http.
//
//	probes URL COUNT fresh|kept
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3] == "fresh"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(url, count string, fresh bool) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: fresh}}
	for range n {
		res, err := client.Get(url)
		if err != nil {
			return err
		}
		_, err = io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
