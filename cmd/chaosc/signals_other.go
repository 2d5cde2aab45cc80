//go:build !unix

package main

import "os"

// writeSignals are those that a write can cause; there are none here.
var writeSignals []os.Signal
