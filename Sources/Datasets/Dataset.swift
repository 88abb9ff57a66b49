import DataFormats

/// Images to train on and images to test with, of the same size and classes.
package struct Dataset: Sendable {
    /// The data set's name, as files and reports have it.
    package let name: String
    /// The images to train on; those for validation are the last of them.
    package let train: ImageSet
    /// The images to test with.
    package let test: ImageSet
    /// Labels are below it; a class may have no images.
    package let classes: Int
    /// The names of the classes: their numbers, or words where the data set has words.
    package private(set) var classNames: [String]
    /// What the user should know of how the files were read, a line each.
    package let notes: [String]
    /// What stood behind `--data`, without folders: a name, or the last part of a path with what was said of it.
    package let place: String
    /// The name of the format that it was read in, such as `idx`; empty where a program made it.
    package let format: String
    /// `DatasetFingerprint` of it, where that is known already; else nil.
    package private(set) var digest: String?
    /// What pictures of its images show as black and white.
    package let levels: ShownLevels

    /// The notes, and what is to be known of its pictures.
    package var remarks: [String] { notes + [levels.note].compactMap(\.self) }

    /// An image as pictures show it.
    package func picture(_ images: ImageSet, _ index: Int) -> GrayImage { levels.shown(images.grayImage(index)) }

    /// - Parameters:
    ///   - classNames: one a class; the classes' numbers if nil.
    ///   - notes: a line each.
    ///   - place: the name if nil.
    ///   - format: empty if no file was read.
    ///   - digest: of these images and labels.
    package init(
        name: String, train: ImageSet, test: ImageSet, classes: Int, classNames: [String]? = nil, notes: [String] = [],
        place: String? = nil, format: String = "", digest: String? = nil
    ) {
        precondition(classNames.map { $0.count == classes } ?? true, "one name a class")
        self.name = name
        self.train = train
        self.test = test
        self.classes = classes
        self.classNames = classNames ?? (0..<classes).map(String.init)
        levels = ShownLevels(train)
        self.notes = notes
        self.place = place ?? name
        self.format = format
        self.digest = digest
    }

    /// The same with other pixels of as many images of the same size; pictures keep their black and white.
    init(_ dataset: Dataset, train: ImageSet, test: ImageSet) {
        (name, classes, classNames, levels) = (dataset.name, dataset.classes, dataset.classNames, dataset.levels)
        (notes, place, format, digest) = (dataset.notes, dataset.place, dataset.format, dataset.digest)
        (self.train, self.test) = (train, test)
    }

    /// The same with other names of its classes; those that it has where there are not as many.
    package func calling(_ classNames: [String]?) -> Dataset {
        guard let classNames, classNames.count == classes else { return self }
        var dataset = self
        dataset.classNames = classNames
        return dataset
    }

    /// The same, with its digest.
    func signed(_ digest: String) -> Dataset {
        var dataset = self
        dataset.digest = digest
        return dataset
    }
}
