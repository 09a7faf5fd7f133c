import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  AwsIntegration,
  EndpointType,
  JsonSchemaType,
  JsonSchemaVersion,
  LogGroupLogDestination,
  MethodLoggingLevel,
  PassthroughBehavior,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../../shared/constructs/acknowledge.ts';
import type { StageParameters } from '../../shared/constructs/parameters.ts';
import { grantPublish, trusting, type Inbound } from './inbound.ts';

// Snowflake sends {"data":[[0, value]]} and wants a value back for each row. The answer can't count the rows of the request, so a
// request has one: the trigger calls once for each batch.
const ONE_ROW = {
  type: JsonSchemaType.ARRAY,
  minItems: 1,
  maxItems: 1,
  items: { type: JsonSchemaType.ARRAY },
} as const;
const ANSWER = '{"data":[[0,{"accepted":true}]]}';

/** The API that Snowflake's external function calls: one resource, by Snowflake's own role, straight to the inbound topic. */
export class CallIn extends Construct {
  constructor(scope: Construct, inbound: Inbound, parameters: StageParameters) {
    super(scope, 'CallIn');
    const { stage, snowflake, logRetention } = parameters;
    const caller = trusting(this, stage, 'caller', snowflake.caller);
    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const api = new RestApi(this, 'Api', {
      restApiName: `firn-${stage}-inbound`,
      description: "Snowflake's external function notifies Firn through this",
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
      deployOptions: {
        stageName: stage,
        tracingEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
        throttlingRateLimit: 20,
        throttlingBurstLimit: 20,
      },
      policy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            principals: [caller],
            actions: ['execute-api:Invoke'],
            resources: ['execute-api:/*/POST/notifications'],
          }),
        ],
      }),
    });
    const notify = api.root.addResource('notifications').addMethod('POST', this.publish(inbound), {
      requestValidator: api.addRequestValidator('OneRow', {
        validateRequestBody: true,
        validateRequestParameters: true,
      }),
      requestModels: {
        'application/json': api.addModel('Rows', {
          contentType: 'application/json',
          schema: {
            schema: JsonSchemaVersion.DRAFT4,
            type: JsonSchemaType.OBJECT,
            required: ['data'],
            properties: { data: ONE_ROW },
          },
        }),
      },
      methodResponses: [{ statusCode: '200' }, { statusCode: '500' }],
    });
    notify.grantExecute(caller);
    const iam = "its one caller is Snowflake, which signs with a role's credentials";
    acknowledge(notify, 'AwsSolutions::AwsSolutions-COG4', iam);
    acknowledge(api.deploymentStage, 'AwsSolutions::AwsSolutions-APIG3', iam);
  }

  private publish(inbound: Inbound): AwsIntegration {
    const role = new Role(this, 'Publisher', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    grantPublish(inbound, role);
    return new AwsIntegration({
      service: 'sns',
      path: `${Stack.of(this).account}/`,
      integrationHttpMethod: 'POST',
      options: {
        credentialsRole: role,
        passthroughBehavior: PassthroughBehavior.NEVER,
        requestParameters: {
          'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
        },
        requestTemplates: {
          'application/json': `Action=Publish&TopicArn=$util.urlEncode('${inbound.topic.topicArn}')&Message=$util.urlEncode($input.json('$.data[0][1]'))`,
        },
        integrationResponses: [
          { statusCode: '200', responseTemplates: { 'application/json': ANSWER } },
          // Snowflake tries again after a 5xx.
          { statusCode: '500', selectionPattern: '[45]\\d{2}', responseTemplates: { 'application/json': '{}' } },
        ],
      },
    });
  }
}
