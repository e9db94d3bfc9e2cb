// Each test has silos of its own, several on one machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
