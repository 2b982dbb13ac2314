#include "reports/version.hpp"
