/// Size of the images of a data set.
package struct ImageShape: Sendable, Equatable {
    /// The height in pixels.
    package let rows: Int
    /// The width in pixels.
    package let columns: Int
    /// Bytes of a pixel: 1 for grey levels, 3 for red, green and blue.
    package let channels: Int

    package init(rows: Int, columns: Int, channels: Int = 1) {
        (self.rows, self.columns, self.channels) = (rows, columns, channels)
    }

    /// Bytes of an image: what a network has for inputs.
    package var bytes: Int { rows * columns * channels }
}

/// Images and their labels as a file has them.
package struct LabelledImages: Sendable {
    /// count × rows × columns × channels bytes, in this order; 0 is background.
    package let pixels: [UInt8]
    /// One class an image, from 0.
    package let labels: [UInt8]

    package init(pixels: [UInt8], labels: [UInt8]) { (self.pixels, self.labels) = (pixels, labels) }
}

/// What a format reads of a data set.
package struct DatasetContents: Sendable {
    /// The size of every image.
    package let shape: ImageShape
    /// The rows of the training file, with those that validate.
    package let train: LabelledImages
    /// The rows of the test set; nil where the files have none: `TestHoldout` then chooses some.
    package let test: LabelledImages?
    /// What the classes are called, one name each; nil where the files have no names.
    package let classNames: [String]?
    /// What the user should know of how the files were read, a line each.
    package let notes: [String]
    /// `DatasetDigest` of both parts, where the format has found it out; else nil.
    package let digest: String?

    package init(
        shape: ImageShape, train: LabelledImages, test: LabelledImages?, classNames: [String]? = nil,
        notes: [String] = [], digest: String? = nil
    ) {
        (self.shape, self.train, self.test) = (shape, train, test)
        (self.classNames, self.notes, self.digest) = (classNames, notes, digest)
    }
}

/// What a format tells of a data set without reading its images.
package struct DatasetOutline: Sendable {
    /// The size of every image.
    package let shape: ImageShape
    /// The class of every training image, from 0.
    package let labels: [UInt8]
    /// What the classes are called, one name each; nil where the files have no names.
    package let classNames: [String]?

    package init(shape: ImageShape, labels: [UInt8], classNames: [String]? = nil) {
        (self.shape, self.labels, self.classNames) = (shape, labels, classNames)
    }
}

/// One label of a data set.
package struct LabelPlace: Sendable, Equatable {
    /// The training file or the test set.
    package enum Part: Sendable { case train, test }

    /// The part that it belongs to.
    package let part: Part
    /// Among the labels of the part, from 0.
    package let index: Int

    package init(_ part: Part, _ index: Int) { (self.part, self.index) = (part, index) }
}

/// One file of a data set as it is.
package struct FileDigest: Sendable, Equatable {
    /// The path of the file.
    package let path: String
    /// Sizes as the file gives them: count, rows and columns of images; count of labels.
    package let sizes: [Int]
    /// Length once unpacked.
    package let bytes: Int
    /// SHA-256 of the unpacked bytes, 64 hexadecimal digits.
    package let digest: String

    package init(path: String, sizes: [Int], bytes: Int, digest: String) {
        (self.path, self.sizes, self.bytes, self.digest) = (path, sizes, bytes, digest)
    }
}
