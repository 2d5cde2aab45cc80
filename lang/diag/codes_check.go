package diag

import "slices"

// checkCodes are the mistakes that the checker finds.
var checkCodes = slices.Concat(nameCodes, typeCodes, loadTimeCodes, activityCodes, warningCodes)
