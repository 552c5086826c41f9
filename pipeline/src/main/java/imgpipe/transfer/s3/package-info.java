/**
 * Buckets of Amazon S3 and of everything that speaks like it. The only package that knows the AWS
 * SDK; must never know what is inside a picture, nor decide about further attempts but those at a
 * page of a listing.
 */
@NullMarked
package imgpipe.transfer.s3;

import org.jspecify.annotations.NullMarked;
