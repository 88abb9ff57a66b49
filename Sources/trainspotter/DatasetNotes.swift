import Datasets

/// Says on standard error how the files of a data set were read, where that is not plain.
func sayNotes(of dataset: Dataset) {
    for note in dataset.notes { printError("trainspotter: \(dataset.name): \(note)") }
}
