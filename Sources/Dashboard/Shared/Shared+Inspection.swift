import Training

extension Shared {
    /// The newest inspection where it is of this digit, a row of the images of `source`. After another digit is chosen
    /// its answer takes a moment, and until then the figures are those of the one before.
    func inspection(of row: Int, _ source: Evaluation.Source) -> Inspection? {
        guard let inspection, let image = inspection.watch.image, let images = data.loaded?.images(source),
            images.labels.indices.contains(row), images.image(row).elementsEqual(image)
        else { return nil }
        return inspection
    }

    /// That of the digit that is selected in Digits.
    var inspectionOfSelected: Inspection? {
        guard let evaluation, let row = selection.row else { return nil }
        return inspection(of: evaluation.rows[row], evaluation.source)
    }
}
