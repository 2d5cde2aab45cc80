package diag

// loadCodes are the mistakes found while files are opened and while values
// from outside are read before a run.
var loadCodes = []Code{}
