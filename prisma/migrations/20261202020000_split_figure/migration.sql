-- Parts that were split off requests: no arrivals, but each waits and is decided (docs/decisions/0037-figures.md).
ALTER TYPE "figure" ADD VALUE 'split';
