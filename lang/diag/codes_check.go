package diag

// checkCodes are the mistakes that the checker finds.
var checkCodes = []Code{}
