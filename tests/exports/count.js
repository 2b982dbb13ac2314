'use strict';

// How often each value of `key(item)` occurs.
module.exports = function countBy(items, key) {
  const counts = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] || 0) + 1;
  return counts;
};
