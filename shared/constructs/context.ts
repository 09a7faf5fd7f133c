/** What CDK is asked to do otherwise than it would by itself, in every app and in tests. */
export const CONTEXT = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // Access logs by bucket policy: the ACL that they needed before is off on new buckets.
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
};
